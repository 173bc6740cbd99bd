export * from './op';
export { Tape, recording, withoutRecording, type TapeEntry } from './tape';
export * from './variable';
export * from './ops';
export * from './gradient';
export * from './derivatives';
export * from './customGradient';
