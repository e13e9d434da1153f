/**
 * Benchmarks of the packaged program against the simulator in another process. Input: numbers of servers, calls per second and
 * runs. Output: tables of times, calls, CPU and memory. They assert nothing.
 */
@NullMarked
package dev.smsrunner.benchmark;

import org.jspecify.annotations.NullMarked;
