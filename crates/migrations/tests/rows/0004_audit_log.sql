INSERT INTO audit_log (at, event, subject, reference, detail)
VALUES (1800000000003, 'assessment.completed', 'ann', '0193e7b0-0000-7000-8000-000000000001', '{"test":"plank"}'),
       (1800000000004, 'sweep.ran', NULL, NULL, '{}');
