package dev.smsrunner.notification;

import dev.smsrunner.jobfile.NotifySettings;
import dev.smsrunner.jobfile.NotifySettings.Occasion;
import dev.smsrunner.support.Sleeper;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sends notifications over every configured channel. */
public final class Notifier implements AutoCloseable {

    private final NotifySettings notify;
    private final List<DeliveryQueue> deliveries;

    private Notifier(NotifySettings notify, List<DeliveryQueue> deliveries) {
        this.notify = notify;
        this.deliveries = deliveries;
    }

    /**
     * Creates the channels of the job file and of the environment ({@code SMS_RUNNER_WEBHOOK_URL}).
     *
     * @param undelivered receives a text for each undelivered message
     * @throws IllegalArgumentException when the webhook address is unusable; the message contains the reason, but not
     *     the address
     */
    public static Notifier of(NotifySettings notify, Map<String, String> environment, Consumer<String> undelivered) {
        return of(notify, environment, Sleeper.REAL, undelivered);
    }

    static Notifier of(
            NotifySettings notify, Map<String, String> environment, Sleeper sleeper, Consumer<String> undelivered) {
        var command = notify.command() == null ? Stream.<Channel>empty() : Stream.of(new CommandHook(notify.command()));
        var channels = Stream.concat(Webhook.of(environment).stream(), command);
        return new Notifier(
                notify,
                channels.map(channel -> new DeliveryQueue(channel, sleeper, undelivered))
                        .toList());
    }

    /** Whether the occasion is enabled and a channel exists. */
    public boolean isEnabledFor(Occasion occasion) {
        return !deliveries.isEmpty() && notify.on().contains(occasion);
    }

    /** Sends a notification; returns at once. */
    public void send(Notification notification) {
        if (isEnabledFor(notification.occasion())) {
            var text = notification.text(notify.text());
            deliveries.forEach(delivery -> delivery.send(text, notification.json(text)));
        }
    }

    /** Waits for pending deliveries, at most about twenty seconds for each channel. */
    @Override
    public void close() {
        deliveries.forEach(DeliveryQueue::close);
    }
}
