/**
 * Target of a migration: the requirements of an inventory row and the actual target of a task. In: a row and the
 * current task of its source. Out: the differences, as values and as text. Pure; stages 2, 3 and 4 share it.
 */
@NullMarked
package dev.smsrunner.target;

import org.jspecify.annotations.NullMarked;
