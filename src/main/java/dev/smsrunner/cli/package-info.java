/**
 * What a person can ask: in come the words of the command line, out go results on stdout, progress and errors on stderr, and
 * an exit code. One class per command; the words are read before anything else starts, and no command imports Spring.
 */
@NullMarked
package dev.smsrunner.cli;

import org.jspecify.annotations.NullMarked;
