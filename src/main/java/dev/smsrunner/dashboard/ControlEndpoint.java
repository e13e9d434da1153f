package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.LedgerRow;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes down what a person asks for on the page. Nothing is done here: the driver of the run does it at its next tick. */
final class ControlEndpoint {

    private static final int SHOWN = 200;

    /** What a page cannot ask for by these words: one follows from another, one is left to the command line. */
    private static final Set<ControlAction> OF_COMMANDS =
            EnumSet.of(ControlAction.SKIP_RUNNING, ControlAction.LAUNCH_FORCED);

    private final Controls controls;

    ControlEndpoint(Controls controls) {
        this.controls = controls;
    }

    /** What was asked of the run, the latest first. */
    Map<String, Object> latest(RunSnapshot picture) {
        return Map.of(
                "controls",
                controls.latest(picture.run().runId(), SHOWN).stream()
                        .map(control -> json(control, picture))
                        .toList());
    }

    /** @param from the address of the browser */
    PageResponse ask(RunView view, JsonNode body, String from) {
        synchronized (view) {
            var picture = view.lookNow();
            if (picture == null) {
                return PageResponse.error(404, "There is no such run.");
            }
            var action = action(body.path("action").asString(""));
            var row = picture.rows().get(body.path("row").asInt(0));
            boolean named = body.path("row").isInt();
            if (action.isEmpty()
                    || !body.path("version").isIntegralNumber()
                    || action.get().ofRow() != named) {
                return PageResponse.error(400, "It must say action, version and, for one server, row.");
            }
            if (action.get().ofRow() && row == null) {
                return PageResponse.error(404, "The run has no such row.");
            }
            return ask(
                    new Request(
                            picture,
                            action.get(),
                            row,
                            body.path("version").asLong(),
                            body.path("confirm").asString("")),
                    from);
        }
    }

    private record Request(
            RunSnapshot picture,
            ControlAction action,
            @Nullable LedgerRow row,
            long version,
            String confirm) {}

    private PageResponse ask(Request request, String from) {
        var picture = request.picture();
        if (!picture.held()) {
            return PageResponse.error(409, "Nobody works on this run, so nothing can be asked of it.");
        }
        if (stale(request)) {
            return PageResponse.error(409, "It has changed since you looked. Look again, then ask again.");
        }
        var action = confirmed(request);
        var refusal = refusal(request, action);
        if (refusal.isPresent()) {
            return PageResponse.error(409, refusal.get());
        }
        var confirmation = confirmation(request, action);
        if (confirmation.isPresent() && !confirmation.get().isGivenBy(request.confirm())) {
            return PageResponse.error(400, "Type '%s' to confirm it.".formatted(confirmation.get()));
        }
        var who = "%s, dashboard, %s".formatted(System.getProperty("user.name"), from);
        var number = request.row() == null ? null : request.row().row();
        long id = controls.ask(picture.run().runId(), action, number, who);
        return PageResponse.json(202, Map.of("control_id", id));
    }

    /** Whether something happened since that the person has not seen: an answer to an old question is worth nothing. */
    private static boolean stale(Request request) {
        var picture = request.picture();
        long last = request.row() == null
                ? picture.runTouched()
                : picture.touched().getOrDefault(request.row().row(), 0L);
        return request.version() < Math.max(last, picture.first()) || request.version() > picture.event();
    }

    /** Leaving a server alone that is under way takes another word, which says that the person knows. */
    private static ControlAction confirmed(Request request) {
        boolean underWay = request.row() != null && request.row().stage().underWay();
        return request.action() == ControlAction.SKIP && underWay ? ControlAction.SKIP_RUNNING : request.action();
    }

    private Optional<String> refusal(Request request, ControlAction action) {
        var row = request.row();
        boolean asked = controls.asked(request.picture().run().runId()).stream()
                .anyMatch(control ->
                        control.action() == action && Objects.equals(control.row(), row == null ? null : row.row()));
        if (asked) {
            return Optional.of("It was asked already and will be carried out within seconds.");
        }
        var key = action.name().toLowerCase(Locale.ROOT);
        if (row == null) {
            return AllowedControls.onRun(request.picture()).get(key)
                    ? Optional.empty()
                    : Optional.of("It cannot be done now.");
        }
        var refusal = action.refusal(row);
        boolean closed = action == ControlAction.LAUNCH
                && !AllowedControls.onRow(request.picture(), row).contains(key);
        return refusal.isPresent() || !closed
                ? refusal
                : Optional.of("Nothing is launched outside the window of the cutover.");
    }

    private static Optional<Confirmation> confirmation(Request request, ControlAction action) {
        return switch (action) {
            case LAUNCH, SKIP_RUNNING -> {
                var row = Objects.requireNonNull(request.row());
                yield Optional.of(Confirmation.of(
                        request.action(), row, request.picture().rows().values()));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<ControlAction> action(String word) {
        return Stream.of(ControlAction.values())
                .filter(action -> !OF_COMMANDS.contains(action) && action.name().equals(word))
                .findFirst();
    }

    private static Map<String, @Nullable Object> json(Control control, RunSnapshot picture) {
        var row = control.row() == null ? null : picture.rows().get(control.row());
        var action = switch (control.action()) {
            case SKIP_RUNNING -> ControlAction.SKIP;
            case LAUNCH_FORCED -> ControlAction.LAUNCH;
            default -> control.action();
        };
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("control_id", control.id());
        json.put("action", action.name());
        json.put("row", control.row());
        json.put("server_name", row == null ? null : row.serverName());
        json.put("asked_at", PageJson.at(control.askedAt()));
        json.put("asked_by", control.askedBy());
        json.put("state", control.state().name());
        json.put("answered_at", PageJson.at(control.answeredAt()));
        json.put("answer", control.answer());
        return json;
    }
}
