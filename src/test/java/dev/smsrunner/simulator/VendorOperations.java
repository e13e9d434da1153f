package dev.smsrunner.simulator;

import com.huaweicloud.sdk.core.http.HttpRequestDef;
import com.huaweicloud.sdk.dcs.v2.DcsMeta;
import com.huaweicloud.sdk.sms.v3.SmsMeta;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Operations of the vendor's client, split by support in the simulator. */
final class VendorOperations {

    private static final List<Route> ROUTES = routes();

    private VendorOperations() {}

    static List<HttpRequestDef<?, ?>> ofSms() {
        return of(SmsMeta.class);
    }

    /** Operations on migration tasks only; the runner does not use the rest of DCS. */
    static List<HttpRequestDef<?, ?>> ofDcs() {
        return of(DcsMeta.class).stream()
                .filter(operation -> operation.getUri().contains("/migration"))
                .toList();
    }

    static Set<String> served(List<HttpRequestDef<?, ?>> operations) {
        return names(operations, VendorOperations::isServed);
    }

    static Set<String> notServed(List<HttpRequestDef<?, ?>> operations) {
        return names(operations, operation -> !isServed(operation));
    }

    private static Set<String> names(List<HttpRequestDef<?, ?>> operations, Predicate<HttpRequestDef<?, ?>> wanted) {
        return operations.stream()
                .filter(wanted)
                .map(HttpRequestDef::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isServed(HttpRequestDef<?, ?> operation) {
        return ROUTES.stream()
                .filter(route -> route.operation().equals(operation.getName()))
                .anyMatch(route -> route.match(operation.getMethod().name(), operation.getUri())
                        .isPresent());
    }

    private static List<HttpRequestDef<?, ?>> of(Class<?> meta) {
        return Arrays.stream(meta.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .filter(field -> HttpRequestDef.class.isAssignableFrom(field.getType()))
                .<HttpRequestDef<?, ?>>map(field -> {
                    try {
                        return (HttpRequestDef<?, ?>) field.get(null);
                    } catch (IllegalAccessException ex) {
                        throw new IllegalStateException(ex);
                    }
                })
                .toList();
    }

    private static List<Route> routes() {
        var settings = SimulatorSettings.defaults();
        var world = new ServerGenerator(settings.seed(), settings.clock().instant());
        var cloud = new SimulatedCloud(
                world,
                0,
                new VirtualTime(world.epoch(), 1, Clock.systemUTC()),
                Journal.inMemory(settings),
                new SimulatorAudit(JsonLines.none()));
        return RouteTable.of(cloud, new Tokens(null, Clock.systemUTC()), 1);
    }
}
