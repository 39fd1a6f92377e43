/** What figures are called and mean wherever they are shown: with a result as in the report. */

export const MEANINGS = {
  confidence: 'Confidence',
  accuracy: 'Pose accuracy',
  accuracyMeans:
    'Pose accuracy is the share of a recording in which all parts of your body that the test needs were seen and each bone kept its length within a fifth. It is no comparison with the truth: a joint that is read in the wrong place throughout is not noticed.',
  typical: 'Typical',
  shares: 'Percentages are shares of your own leg, trunk or body length.',
} as const;
