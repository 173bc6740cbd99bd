import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { failureOf } from '../temporaryFolder';
import { digits, DownloadBench, packed } from './downloads';
import { cutOff, stall, whole } from './fileServer';

describe('A download whose connection is lost', () => {
  const bench = new DownloadBench();
  const { home, mirror } = bench;

  it('goes on where it stopped', async () => {
    home.serve({
      'digits.gz': (response, request, visits) =>
        (visits < 2 ? cutOffFrom(packed, 60_000) : whole(packed))(response, request, visits),
    });
    const onProgress = ({ total }: { total: number | undefined }): void => {
      expect(total).to.equal(packed.length);
    };
    await bench.fill({ onProgress });
    await bench.expectStored();
    expect(home.requests[0]).to.equal('/digits.gz');
    expect(home.requests).to.have.length(3);
    expect(home.requests[1]).to.match(/^\/digits.gz bytes=\d+-$/);
    expect(mirror.requests).to.deep.equal([]);
  });

  it('reads all again from a server that cannot give a part', async () => {
    home.serve({
      'digits.gz': (response, request, visits) => {
        if (visits === 0) cutOff(packed, 70_000)(response, request, visits);
        else response.writeHead(200, { 'content-length': packed.length }).end(packed);
      },
    });
    const steps: number[] = [];
    await bench.fill({ onProgress: ({ received }) => steps.push(received) });
    await bench.expectStored();
    expect(steps.at(-1)).to.equal(packed.length);
  });

  it('reads all again from a server that packs the file for its way', async () => {
    const twice = gzipSync(packed);
    home.serve({
      'digits.gz': (response, { headers }, visits) => {
        expect(headers.range).to.equal(undefined);
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': twice.length });
        if (visits > 0) response.end(twice);
        else
          response.write(twice.subarray(0, 70_000), () => setTimeout(() => response.destroy(), 5));
      },
    });
    await bench.fill();
    await bench.expectStored();
    expect(home.requests).to.have.length(2);
  });

  it('gives up after five requests that brought nothing and takes the next home', async () => {
    home.serve({ 'digits.gz': cutOff(packed, 1000) });
    mirror.serve({ 'digits.gz': packed });
    await bench.fill();
    await bench.expectStored();
    // What had arrived may be lost with the connection, before it was read.
    expect(home.requests.length).to.be.within(5, 6);
    expect(mirror.requests).to.deep.equal(['/digits.gz']);
  });

  it('goes on for as long as something arrives', async () => {
    home.serve({
      'digits.gz': (response, request, visits) =>
        cutOffFrom(packed, 20_000 * (visits + 1))(response, request, visits),
    });
    await bench.fill();
    await bench.expectStored();
    expect(home.requests.length).to.be.above(8);
  });

  it('leaves nothing half-written', async () => {
    home.serve({ 'digits.gz': cutOff(packed, 1000) });
    await bench.expectRefused(/^the connection broke off \(.+\)$/);
  });

  it('refuses another part than was asked for', async () => {
    home.serve({
      'digits.gz': (response, request, visits) => {
        if (visits === 0) cutOff(packed, 1000)(response, request, visits);
        else response.writeHead(206, { 'content-range': 'bytes 7-9/10' }).end('abc');
      },
    });
    await bench.expectRefused('another part of the file than was asked for (bytes 7-9/10)');
  });

  it('notices that nothing arrives any more', async () => {
    home.serve({ 'digits.gz': stall(packed, 1000) });
    mirror.serve({ 'digits.gz': packed });
    await bench.fill({ stallTimeout: 60 });
    await bench.expectStored();
    home.serve({ 'later.gz': () => undefined });
    const late = digits('later');
    const error = await failureOf(bench.fill({ homes: [home.url], stallTimeout: 50 }, [late]));
    expect(error.message).to.include('received no connection (nothing arrived for 0.05 s) from');
  });

  it('gets the same content however the connection breaks', async () => {
    const cuts = fc.array(fc.integer({ min: 0, max: packed.length - 1 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), async (breaks, inParts) => {
        const name = `case${home.requests.length}`;
        home.serve({
          [`${name}.gz`]: (response, request, visits) => {
            if (!inParts) delete request.headers.range;
            const after = breaks[visits];
            const answer = after === undefined ? whole(packed) : cutOffFrom(packed, after);
            answer(response, request, visits);
          },
        });
        await bench.fill({}, [digits(name)]);
        await bench.expectStored(name);
      }),
      { numRuns: 12, interruptAfterTimeLimit: 5000 },
    );
  });
});

/** The part that is asked for, as far as a byte of the whole, where the connection breaks off. */
function cutOffFrom(file: Uint8Array, after: number): ReturnType<typeof whole> {
  return (response, { headers }) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const range = `bytes ${start}-${file.length - 1}/${file.length}`;
    const length = { 'content-length': file.length - start };
    if (start > 0) response.writeHead(206, { ...length, 'content-range': range });
    else response.writeHead(200, length);
    const part = file.subarray(start, Math.max(after, start));
    response.flushHeaders();
    response.write(part, () => setTimeout(() => response.destroy(), 5));
  };
}
