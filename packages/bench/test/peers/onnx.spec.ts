import { expect } from 'chai';
import { modelOf } from '../../src/peers/ortWeb/onnx';
import { message } from '../../src/peers/ortWeb/protobuf';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('A message of Protocol Buffers', () => {
  // The first two are the examples of https://protobuf.dev/programming-guides/encoding.
  const cases: readonly [string, Uint8Array, string][] = [
    ['has numbers of seven bits a byte', message([1, 150]), '089601'],
    ['has texts with their length', message([2, 'testing']), '120774657374696e67'],
    ['has messages inside', message([3, message([1, 150])]), '1a03089601'],
    ['has numbers below 128 in one byte', message([1, 127], [1, 128]), '087f088001'],
    ['has fields above 15 in two bytes', message([16, 1]), '800101'],
    ['has numbers above 2^31', message([1, 2 ** 35]), '08808080808001'],
    ['has texts in UTF-8', message([1, 'é']), '0a02c3a9'],
    ['may be empty', message(), ''],
  ];
  for (const [title, bytes, expected] of cases) {
    it(title, () => expect(hex(bytes)).to.equal(expected));
  }
});

describe('An ONNX model', () => {
  it('has the versions, the graph and its nodes, written by hand', () => {
    const model = modelOf({
      inputs: { x: [2] },
      output: [2],
      nodes: [{ operation: 'Relu', inputs: ['x'], output: 'y' }],
    });
    const node = '0a0c' + '0a0178' + '120179' + '220452656c75';
    const info = (name: string) =>
      `0a01${name}` + '120a' + '0a08' + '0801' + '1204' + '0a02' + '0802';
    const graph = node + '120962656e63686d61726b' + `5a0f${info('78')}` + `620f${info('79')}`;
    const length = (graph.length / 2).toString(16);
    expect(hex(model)).to.equal('0808' + `3a${length}${graph}` + '4204' + '0a00' + '100d');
  });

  it('holds constants as they lie in memory, and attributes with their types', () => {
    const bytes = modelOf({
      inputs: { x: [1] },
      output: [1],
      constants: { w: { shape: [1], data: Float32Array.of(1) } },
      nodes: [{ operation: 'F', inputs: ['x', 'w'], output: 'y', attributes: { a: 2, b: [3, 4] } }],
    });
    expect(hex(bytes)).to.include('2a08' + '0a0161' + '1802' + 'a00102');
    expect(hex(bytes)).to.include('2a0a' + '0a0162' + '4003' + '4004' + 'a00107');
    expect(hex(bytes)).to.include('2a0d' + '0801' + '1001' + '420177' + '4a04' + '0000803f');
  });
});
