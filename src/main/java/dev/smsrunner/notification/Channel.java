package dev.smsrunner.notification;

import java.io.IOException;

/** A way to a person. */
interface Channel {

    /** As messages name it, without anything secret. */
    String name();

    /**
     * Delivers one message.
     *
     * @throws IOException when it did not arrive, as far as is known
     */
    void deliver(String text, String json) throws IOException, InterruptedException;

    /** Whether it is worth trying again after that failure. */
    default boolean mayTryAgain(IOException failure) {
        return true;
    }
}
