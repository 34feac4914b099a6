// The spike profile: the load jumps to many times the ordinary, stays, and falls again.
import { shared, visit } from './endpoints.js';

export const options = {
  ...shared,
  scenarios: {
    spike: {
      executor: 'ramping-arrival-rate',
      startRate: 20, // visits a second, each of which requests every endpoint
      timeUnit: '1s',
      preAllocatedVUs: 200,
      maxVUs: 1000,
      stages: [
        { target: 20, duration: '30s' },
        { target: 100, duration: '10s' },
        { target: 100, duration: '1m' },
        { target: 20, duration: '10s' },
        { target: 20, duration: '30s' },
      ],
    },
  },
};

export default visit;
