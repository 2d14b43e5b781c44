import { describeHistories } from './describe-histories.js';

describeHistories(1, 2);
