package dev.smsrunner.notification;

import dev.smsrunner.jobfile.NotifySettings;
import dev.smsrunner.jobfile.NotifySettings.Occasion;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tells people over every channel they gave; says nothing where there is none. */
public final class Notifier implements AutoCloseable {

    private final NotifySettings notify;
    private final List<DeliveryQueue> deliveries;

    private Notifier(NotifySettings notify, List<DeliveryQueue> deliveries) {
        this.notify = notify;
        this.deliveries = deliveries;
    }

    /**
     * The channels of the job file and of the environment ({@code SMS_RUNNER_WEBHOOK_URL}).
     *
     * @param lost hears of a message that nobody took
     * @throws IllegalArgumentException when the address of the webhook cannot be used; says why, without the address
     */
    public static Notifier of(NotifySettings notify, Map<String, String> environment, Consumer<String> lost) {
        return of(notify, environment, time -> Thread.sleep(time.toMillis()), lost);
    }

    static Notifier of(
            NotifySettings notify, Map<String, String> environment, DeliveryQueue.Pause pause, Consumer<String> lost) {
        var command = notify.command() == null ? Stream.<Channel>empty() : Stream.of(new CommandHook(notify.command()));
        var channels = Stream.concat(Webhook.of(environment).stream(), command);
        return new Notifier(
                notify,
                channels.map(channel -> new DeliveryQueue(channel, pause, lost)).toList());
    }

    /** Whether anybody would hear of it. */
    public boolean hears(Occasion occasion) {
        return !deliveries.isEmpty() && notify.on().contains(occasion);
    }

    /** Tells it; returns at once. */
    public void tell(Notification notice) {
        if (hears(notice.occasion())) {
            var text = notice.text(notify.text());
            deliveries.forEach(delivery -> delivery.send(text, notice.json(text)));
        }
    }

    /** Waits a little, about twenty seconds at most for each channel, for what is under way. */
    @Override
    public void close() {
        deliveries.forEach(DeliveryQueue::close);
    }
}
