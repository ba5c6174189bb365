// A teaching model, NOT DATA: the twin of mindbody/teaching_model.py, where the equations and their limits stand.
// tests/fixtures/teaching_model is run by both.

export const STEPS = 60;

/** Symptom and tissue signal at each step, 0 to 10. */
export function run({ tissue, expectation, threat, attention, safety }) {
  let [sent, felt, expected, learned] = [tissue, tissue, expectation, 0];
  const made = { symptom: [10 * felt], tissue: [10 * sent] };
  for (let step = 0; step < STEPS; step++) {
    const alarm = ((1 - learned) * (threat + attention)) / 2;
    const drive = 1 - (1 - sent) * (1 - 0.5 * expected) * (1 - 0.9 * alarm * felt);
    [felt, expected, learned, sent] = [
      felt + 0.3 * (drive - felt),
      expected + 0.1 * (felt - expected),
      learned + 0.03 * (safety - learned),
      0.9 * sent,
    ];
    made.symptom.push(10 * felt);
    made.tissue.push(10 * sent);
  }
  return made;
}
