INSERT INTO metrics (name, labels, value) VALUES ('flow_scored_frames_total', '', 90.0);
