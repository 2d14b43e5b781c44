/**
 * Days at most between two reviews of a restriction. Policy of the county, not law: procedures ask that
 * the need be looked at again and name no one interval.
 */
export const restrictionReviewDaysMax = 90;
