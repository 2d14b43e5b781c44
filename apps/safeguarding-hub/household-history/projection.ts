import { familyHistory } from '@common-thread/projecting/family-history/history';

export const householdHistory = familyHistory('household-history');
