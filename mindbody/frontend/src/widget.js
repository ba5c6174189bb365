// The anywidget module: the same exercise with a live kernel behind its model.

import { mountExercise } from "./shell.js";

export default {
  render({ model, el }) {
    const root = document.createElement("section");
    root.className = "mindbody-exercise";
    el.append(root);
    const { takeDown } = mountExercise(root, model);
    return () => {
      takeDown();
      root.remove();
    };
  },
};
