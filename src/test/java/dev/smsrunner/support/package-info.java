/** What tests of several packages share: a clock that moves by hand, a service in memory, databases. */
@NullMarked
package dev.smsrunner.support;

import org.jspecify.annotations.NullMarked;
