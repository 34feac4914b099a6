// The steady profile: the load of an ordinary hour. Requests arrive at a fixed rate however slow the replies are.
import { shared, visit } from './endpoints.js';

export const options = {
  ...shared,
  scenarios: {
    baseline: {
      executor: 'constant-arrival-rate',
      rate: 20, // visits a second, each of which requests every endpoint
      timeUnit: '1s',
      duration: __ENV.PERF_DURATION || '5m',
      preAllocatedVUs: 50,
      maxVUs: 200,
    },
  },
};

export default visit;
