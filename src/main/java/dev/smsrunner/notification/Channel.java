package dev.smsrunner.notification;

import java.io.IOException;

/** Channel for messages to operators. */
interface Channel {

    /** Name of the channel in messages, without secrets. */
    String name();

    /**
     * Delivers one message.
     *
     * @throws IOException when the message was probably not delivered
     */
    void deliver(String text, String json) throws IOException, InterruptedException;

    /** Whether a retry after that failure makes sense. */
    default boolean isRetryable(IOException failure) {
        return true;
    }
}
