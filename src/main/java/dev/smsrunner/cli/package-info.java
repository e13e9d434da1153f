/**
 * Command line. Input: arguments. Output: results on stdout, progress and errors on stderr, an exit code. One class per command;
 * arguments are parsed before anything else starts, and no command imports Spring.
 */
@NullMarked
package dev.smsrunner.cli;

import org.jspecify.annotations.NullMarked;
