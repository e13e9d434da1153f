package dev.smsrunner.inventory;

/**
 * Problem of a value with its remedy. The caller knows the location.
 *
 * @param what the problem, with the value quoted and shortened
 * @param advice remedy
 */
public record CellProblem(String what, String advice) {}
