package dev.smsrunner.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** ListServers, ShowServer, ShowOverview, UpdateCopyState and UpdateServerName. */
final class SourceRoutes {

    /** States in which UpdateCopyState answers 200 without an effect (page of 2026-01-27). */
    private static final Set<String> UNCHANGEABLE =
            Set.of("unavailable", "stopping", "stopped", "deleting", "finished", "clearing", "clearfailed");

    private final SimulatedCloud cloud;
    private final SourceView view;

    SourceRoutes(SimulatedCloud cloud) {
        this.cloud = cloud;
        this.view = new SourceView(cloud);
    }

    SimulatedResponse list(Request request) {
        PageRequest paging = PageRequest.of(request, 200, 200);
        List<SimulatedServer> matches =
                cloud.servers().stream().filter(matching(request)).toList();
        return SimulatedResponse.ok(
                paging.page(matches, "source_servers", server -> view.listItem(server, request.now())));
    }

    private Predicate<SimulatedServer> matching(Request request) {
        Predicate<SimulatedServer> all = server -> true;
        for (String parameter : SourceFilters.NAMES) {
            if (request.has(parameter)) {
                all = all.and(SourceFilters.of(parameter, request.parameter(parameter), cloud, request.now()));
            }
        }
        return all;
    }

    SimulatedResponse show(Request request) {
        SimulatedServer server = find(request);
        request.trace().on(server.id(), null);
        return SimulatedResponse.ok(view.details(server, request.now()));
    }

    SimulatedResponse overview(Request request) {
        ObjectNode counts = SimulatorJson.object();
        List.of("waiting", "replicate", "syncing", "stopped", "deleting", "cutovering", "unavailable", "stopping")
                .forEach(state -> counts.put(state, 0));
        List.of("skipping", "finished", "initialize", "error", "cloning", "unconfigured")
                .forEach(state -> counts.put(state, 0));
        for (SimulatedServer server : cloud.servers()) {
            cloud.taskOf(server, request.now());
            String state = server.displayedState(request.now()).state();
            counts.put(state, counts.path(state).asInt(0) + 1);
        }
        return SimulatedResponse.ok(counts);
    }

    /** Does not validate and always answers 200, so a 200 proves nothing. */
    SimulatedResponse changeState(Request request) {
        SimulatedServer server = find(request);
        cloud.taskOf(server, request.now());
        DisplayedState before = server.displayedState(request.now());
        request.trace().on(server.id(), null).before(before.state() + "/" + before.cycle());
        if (!UNCHANGEABLE.contains(before.state())) {
            ObjectNode written = SimulatorJson.object();
            put(written, request.body(), "copystate");
            put(written, request.body(), "migrationcycle");
            cloud.execute(new Mutation(request.now(), Mutation.Kind.CHANGE_STATE, server.id(), written));
            DisplayedState after = server.displayedState(request.now());
            request.trace().markExecuted(after.state() + "/" + after.cycle());
        }
        return SimulatedResponse.accepted();
    }

    private static void put(ObjectNode written, JsonNode body, String field) {
        String value = SimulatorJson.text(body, field).toLowerCase(Locale.ROOT);
        if (!value.isEmpty()) {
            written.put(field, value.equals("init") ? "initialize" : value);
        }
    }

    SimulatedResponse rename(Request request) {
        SimulatedServer server = find(request);
        request.trace().on(server.id(), null).before(server.name());
        String name = SimulatorJson.text(request.body(), "name");
        if (!name.isEmpty()) {
            cloud.execute(new Mutation(
                    request.now(),
                    Mutation.Kind.RENAME_SOURCE,
                    server.id(),
                    SimulatorJson.object().put("name", name)));
            request.trace().markExecuted(name);
        }
        return SimulatedResponse.accepted();
    }

    private SimulatedServer find(Request request) {
        return find(cloud, request.id());
    }

    static SimulatedServer find(SimulatedCloud cloud, String id) {
        return cloud.server(id)
                .orElseThrow(() -> Refusal.service("SMS.7602", "The source server " + id + " does not exist.", id));
    }
}
