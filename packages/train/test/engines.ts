// By its path: the published package does not depend on the engines, only these tests do.
export { engines } from '../../kernels/testing/engines';
