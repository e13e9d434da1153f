package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** Page of a list of the service. */
interface ListPage {

    /** Number of all matches, not only of this page; null when the service gives none. */
    @Nullable
    Integer count();

    /** Whether the answer contains a list, even an empty one. */
    boolean hasList();
}
