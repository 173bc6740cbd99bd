import { expect } from 'chai';
import { tensor, type Tensor } from '@gradus/tensor';
import { imageGrid, imageRow, type Picture } from '../src/index';
import { pixelAt } from './pixels';

const plain = (height: number, width: number, color: readonly [number, number, number]): Picture =>
  tensor(
    Uint8Array.from({ length: height * width * 3 }, (_, i) => color[i % 3]!),
    [height, width, 3],
  );
const red = plain(40, 80, [255, 0, 0]);
const blue = plain(20, 10, [0, 0, 255]);
const greyPicture = tensor(new Uint8Array(100 * 200).fill(90), [100, 200]);
const at = (picture: Tensor<'uint8'>, x: number, y: number) => pixelAt(picture, x, y).join();

describe('imageRow', () => {
  it('scales every picture to the height asked for and keeps its proportions', () => {
    const row = imageRow([{ picture: red }, { picture: blue }, { picture: greyPicture }], {
      height: 50,
      gap: 4,
    });
    expect(row.shape).to.deep.equal([16 + 50 + 16, 16 + 100 + 4 + 25 + 4 + 100 + 16, 3]);
    expect(at(row, 16, 16)).to.equal('255,0,0');
    expect(at(row, 115, 65)).to.equal('255,0,0');
    expect([15, 116, 119].map((x) => at(row, x, 16))).to.deep.equal(
      Array<string>(3).fill('255,255,255'),
    );
    expect(at(row, 120, 40)).to.equal('0,0,255');
    expect(at(row, 149, 40)).to.equal('90,90,90');
    expect([15, 66].map((y) => at(row, 16, y))).to.deep.equal(Array<string>(2).fill('255,255,255'));
  });

  it('enlarges small pictures by a whole factor, to 160 pixels at least', () => {
    expect(imageRow([{ picture: red }]).shape).to.deep.equal([160 + 32, 320 + 32, 3]);
    expect(imageRow([{ picture: plain(48, 48, [0, 0, 0]) }]).shape[0]).to.equal(4 * 48 + 32);
    expect(imageRow([{ picture: plain(300, 10, [0, 0, 0]) }]).shape[0]).to.equal(300 + 32);
  });

  it('makes room for labels, and for one longer than its picture is wide', () => {
    const label = 'difference';
    const [without, below] = [{ picture: blue }, { picture: blue, label }].map((image) =>
      imageRow([image]),
    );
    expect(without!.shape).to.deep.equal([160 + 32, 80 + 32, 3]);
    expect(below!.shape).to.deep.equal([160 + 32 + 24, 118 + 32, 3]);
    expect(at(below!, 16, 16 + 24)).to.equal('0,0,255');
  });

  it('shows the very pixels of a picture that has the height asked for', () => {
    const picture = tensor(
      Uint8Array.from({ length: 7 * 5 }, (_, i) => i * 7),
      [7, 5],
    );
    const row = imageRow([{ picture }], { height: 7 });
    picture.data.forEach((level, i) => {
      expect(pixelAt(row, 16 + (i % 5), 16 + Math.floor(i / 5))).to.deep.equal([
        level,
        level,
        level,
      ]);
    });
  });
});

describe('imageGrid', () => {
  it('aligns the columns of all rows', () => {
    const grid = imageGrid(
      [
        [{ picture: red, label: 'a' }, { picture: blue }],
        [{ picture: blue }, { picture: red }],
      ],
      { height: 20, gap: 10 },
    );
    expect(grid.shape).to.deep.equal([16 + 24 + 20 + 10 + 20 + 16, 16 + 40 + 10 + 40 + 16, 3]);
    expect(at(grid, 16, 40)).to.equal('255,0,0');
    expect(at(grid, 66, 40)).to.equal('0,0,255');
    expect(at(grid, 16, 70)).to.equal('0,0,255');
    expect(at(grid, 66, 70)).to.equal('255,0,0');
  });

  it('allows rows of different lengths', () => {
    const grid = imageGrid([[{ picture: red }], [{ picture: red }, { picture: blue }]], {
      height: 20,
    });
    expect(grid.shape).to.deep.equal([16 + 20 + 12 + 20 + 16, 16 + 40 + 12 + 10 + 16, 3]);
  });
});
