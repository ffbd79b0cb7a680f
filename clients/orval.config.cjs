const input = '../openapi/waybill.json';

module.exports = {
  fetch: { input, output: { target: 'generated/orval/api.ts', client: 'fetch', override: { mutator: { path: './orval-fetch.ts', name: 'send' } } } },
  zod: { input, output: { target: 'generated/orval/zod.ts', client: 'zod' } },
};
