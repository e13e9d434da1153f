/**
 * JDBC over a Unix domain socket, for the processes of one user on one machine. In: SQL and parameters of a process
 * that does not have the embedded database open. Out: rows, counts and failures from the process that has it open. One
 * socket is one connection to the database. There is no TCP port.
 */
@NullMarked
package dev.smsrunner.localjdbc;

import org.jspecify.annotations.NullMarked;
