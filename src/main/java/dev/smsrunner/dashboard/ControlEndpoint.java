package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
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

/** Records the requests of the page. The process that works on the run carries them out at its next tick. */
record ControlEndpoint(Controls controls, Actor actor) {

    private static final int MAX_LISTED = 200;

    /** Actions that the page cannot request: one follows from another action, one is left to the command line. */
    private static final Set<ControlAction> UNAVAILABLE = EnumSet.of(
            ControlAction.SKIP_RUNNING, ControlAction.LAUNCH_FORCED, ControlAction.APPROVE, ControlAction.DENY);

    /** The requests to the run, the latest first. */
    Map<String, Object> latest(RunSnapshot snapshot) {
        return Map.of(
                "controls",
                controls.findLatest(snapshot.run().runId(), MAX_LISTED).stream()
                        .map(control -> json(control, snapshot))
                        .toList());
    }

    /** @param from the address of the browser */
    PageResponse post(RunView view, JsonNode body, String from) {
        return post(view, body, actor.via("dashboard, " + from), false);
    }

    /**
     * Records the request of a program; without {@code version} it applies to the current state.
     *
     * @param name name that the program gives itself; may be empty
     */
    PageResponse postOfProgram(RunView view, JsonNode body, String name) {
        return post(
                view, body, ApiRoutes.actor(actor, name), body.path("version").isMissingNode());
    }

    private PageResponse post(RunView view, JsonNode body, Actor requestedBy, boolean current) {
        synchronized (view) {
            var snapshot = view.refresh();
            if (snapshot == null) {
                return PageResponse.error(404, "No such run. Read the list of runs for their ids.");
            }
            var action = action(body.path("action").asString(""));
            var row = snapshot.rows().get(body.path("row").asInt(0));
            boolean hasRow = body.path("row").isInt();
            if (action.isEmpty()
                    || !current && !body.path("version").isIntegralNumber()
                    || action.get().isForRow() != hasRow) {
                return PageResponse.error(
                        400, "Missing or invalid field: action, version and, for a single server, row are required.");
            }
            if (action.get().isForRow() && row == null) {
                return PageResponse.error(404, "The run has no such row. Read its rows for their numbers.");
            }
            return submit(
                    new Request(
                            snapshot,
                            action.get(),
                            row,
                            current ? snapshot.event() : body.path("version").asLong(),
                            body.path("confirm").asString("")),
                    requestedBy);
        }
    }

    private record Request(
            RunSnapshot snapshot,
            ControlAction action,
            @Nullable LedgerRow row,
            long version,
            String confirm) {}

    private PageResponse submit(Request request, Actor requestedBy) {
        var snapshot = request.snapshot();
        if (!snapshot.isActive()) {
            return PageResponse.error(409, "No process is working on this run. Resume the run first.");
        }
        if (isStale(request)) {
            return PageResponse.error(
                    409, "The data on the page is out of date. Check the current state, then try again.");
        }
        var action = effectiveAction(request);
        var refusal = refusal(request, action);
        if (refusal.isPresent()) {
            return PageResponse.error(409, refusal.get());
        }
        var confirmation = confirmation(request, action);
        if (confirmation.isPresent() && !confirmation.get().matches(request.confirm())) {
            return PageResponse.error(400, "Type '%s' to confirm.".formatted(confirmation.get()));
        }
        var number = request.row() == null ? null : request.row().row();
        var control = ControlRequest.of(action, number, requestedBy);
        long id = controls.submit(snapshot.run().runId(), control);
        return PageResponse.json(202, Map.of("control_id", id));
    }

    /** Whether the row or the run has events that the operator has not seen yet. */
    private static boolean isStale(Request request) {
        var snapshot = request.snapshot();
        long last = request.row() == null
                ? snapshot.lastRunEvent()
                : snapshot.lastEvents().getOrDefault(request.row().row(), 0L);
        return request.version() < Math.max(last, snapshot.firstEvent()) || request.version() > snapshot.event();
    }

    /** Skipping a server that is under way is an action of its own, which needs a confirmation. */
    private static ControlAction effectiveAction(Request request) {
        boolean underWay = request.row() != null && request.row().stage().isUnderWay();
        return request.action() == ControlAction.SKIP && underWay ? ControlAction.SKIP_RUNNING : request.action();
    }

    private Optional<String> refusal(Request request, ControlAction action) {
        var row = request.row();
        boolean pending = controls.findPending(request.snapshot().run().runId()).stream()
                .anyMatch(control ->
                        control.action() == action && Objects.equals(control.row(), row == null ? null : row.row()));
        if (pending) {
            return Optional.of("Already requested. The run carries it out within seconds.");
        }
        var key = action.name().toLowerCase(Locale.ROOT);
        if (row == null) {
            return AllowedControls.onRun(request.snapshot()).getOrDefault(key, false)
                    ? Optional.empty()
                    : Optional.of("The run does not allow this action in its current state.");
        }
        var refusal = action.refusal(row);
        boolean closed = action == ControlAction.LAUNCH
                && !AllowedControls.onRow(request.snapshot(), row).contains(key);
        return refusal.isPresent() || !closed
                ? refusal
                : Optional.of("The cutover window is closed. Launch the server inside the window.");
    }

    private static Optional<Confirmation> confirmation(Request request, ControlAction action) {
        return switch (action) {
            case LAUNCH, SKIP_RUNNING -> {
                var row = Objects.requireNonNull(request.row());
                yield Optional.of(Confirmation.of(
                        request.action(), row, request.snapshot().rows().values()));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<ControlAction> action(String name) {
        return Stream.of(ControlAction.values())
                .filter(action -> !UNAVAILABLE.contains(action) && action.name().equals(name))
                .findFirst();
    }

    private static Map<String, @Nullable Object> json(Control control, RunSnapshot snapshot) {
        var row = control.row() == null ? null : snapshot.rows().get(control.row());
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
        json.put("asked_at", PageJson.at(control.requestedAt()));
        json.put("asked_by", control.requestedBy());
        json.put("state", control.state().name());
        json.put("answered_at", PageJson.at(control.answeredAt()));
        json.put("answer", control.answer());
        return json;
    }
}
