/** The module of a network whose description needs code of its own. */
export const ownModel = `
const halve = (x) => gradusOps.mul(x, 0.5);
let gradusOps;
export const functions = { halve };
export default ({ inputShape, classes, gradus }) => {
  gradusOps = gradus;
  const { input, layers, sequential } = gradus;
  return sequential([
    input(inputShape),
    layers.lambda(halve),
    layers.flatten(),
    layers.dense({ units: classes, activation: 'softmax' }),
  ]);
};
`;
