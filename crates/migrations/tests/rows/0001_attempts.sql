INSERT INTO attempts (id, user_id, test, tier, content_type, size_bytes, created_at)
VALUES ('0193e7b0-0000-7000-8000-000000000001', 'ann', 'overhead-squat', 'free', 'video/mp4', 1000, 1800000000000);

INSERT INTO attempts (id, user_id, test, tier, state, content_type, size_bytes, sha256, container, video_token, video_chunks,
                      created_at, uploaded_at, finished_at, runs, quality_score, feedback, assessment)
VALUES ('0193e7b0-0000-7000-8000-000000000002', 'ben', 'plank', 'pro', 'valid', 'video/mp4', 2000, 'ab', 'mp4', 'upload-1', 1,
        1800000000000, 1800000000001, 1800000000002, 1, 0.9, 'Well done; it''s level.', '{"test":"plank"}');

INSERT INTO idempotency_keys VALUES ('ann', 'key', 'request', '0193e7b0-0000-7000-8000-000000000001', 1800000000000);
INSERT INTO video_uploads VALUES ('upload-2', '0193e7b0-0000-7000-8000-000000000001', 1800000000000);
INSERT INTO landmarks VALUES ('0193e7b0-0000-7000-8000-000000000002', x'1f8b00ff');
INSERT INTO key_frames VALUES ('0193e7b0-0000-7000-8000-000000000002', 1, 'deepest point', 1.5, '<svg/>');
INSERT INTO dead_letters
VALUES ('letter-1', '0193e7b0-0000-7000-8000-000000000001', 'the run fell silent', 4, 1800000000000, NULL);
INSERT INTO audit_events (at, event, user_id, attempt_id, detail)
VALUES (1800000000002, 'assessment.completed', 'ben', '0193e7b0-0000-7000-8000-000000000002', '{"test":"plank"}');
