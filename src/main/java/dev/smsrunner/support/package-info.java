/**
 * Small types that several packages need and the JDK lacks: the hash, the duration format, the CSV writer, the owner-only file,
 * the encoding of file names, the handlers of signals, the delays between attempts and the sleep that tests replace. It uses no
 * other package.
 */
@NullMarked
package dev.smsrunner.support;

import org.jspecify.annotations.NullMarked;
