// Prints the rows of a Parquet file as JSON, as an independent reader sees them. What JSON cannot tell apart is marked:
// whole numbers "i...", bits of doubles "d...", bytes "x..."; nulls are left out of objects, since one of the readers
// does so itself. Arguments: reader, file.
import { readFileSync } from 'node:fs';

const [reader, file] = process.argv.slice(2);
const bits = new DataView(new ArrayBuffer(8));

function plain(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return `i${value}`;
  if (typeof value === 'number') {
    bits.setFloat64(0, value);
    return `d${bits.getBigUint64(0).toString(16).padStart(16, '0')}`;
  }
  if (value?.bytes instanceof Uint8Array && Object.keys(value).length === 1) return plain(value.bytes);
  if (value instanceof Uint8Array) return `x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  const members = Object.entries(value.entries ?? value);
  return Object.fromEntries(members.map(([k, v]) => [k, plain(v)]).filter(([, v]) => v !== null));
}

const readers = {
  async duckdb() {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    return (await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`)).getRowObjectsJS();
  },
  async hyparquet() {
    const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet');
    return await parquetReadObjects({ file: await asyncBufferFromFile(file), utf8: false });
  },
  async wasm() {
    const { readFileSync: read } = await import('node:fs');
    const { default: init, initSync, readParquet } = await import('parquet-wasm/esm');
    initSync({ module: read(new URL(import.meta.resolve('parquet-wasm/esm').replace(/[^/]*$/, 'parquet_wasm_bg.wasm'))) });
    const table = readParquet(new Uint8Array(readFileSync(file)));
    return table.recordBatches().map(b => ({ rows: BigInt(b.numRows), columns: BigInt(b.numColumns) }));
  },
};

process.stdout.write(JSON.stringify((await readers[reader]()).map(plain)));
