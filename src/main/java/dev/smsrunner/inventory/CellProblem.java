package dev.smsrunner.inventory;

/**
 * What is wrong with a value, and what to do about it; where it stands is known to whoever asked.
 *
 * @param what the fault, with the value quoted and shortened
 * @param advice what to do now
 */
public record CellProblem(String what, String advice) {}
