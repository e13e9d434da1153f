package dev.smsrunner.chaos;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.smsrunner.chaos.agent.DefectAdvice;
import dev.smsrunner.chaos.agent.Defects;
import dev.smsrunner.chaos.agent.GraceAdvice;
import dev.smsrunner.chaos.agent.PointAdvice;
import dev.smsrunner.chaos.agent.Points;
import dev.smsrunner.chaos.agent.Troubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/**
 * A jar with the instrumented classes of the packaged program, which precedes it on the class path. System properties enable
 * the points and defects, so one jar serves all trials.
 */
final class InstrumentationJar implements AutoCloseable {

    private static final List<Class<?>> INSIDE = List.of(Points.class, Defects.class, Troubles.class);

    private final ClassFileLocator product;
    private final TypePool types;
    private final Map<String, DynamicType.Builder<?>> patched = new LinkedHashMap<>();

    private InstrumentationJar(Path jar) throws IOException {
        this.product = new ClassFileLocator.Compound(
                ClassFileLocator.ForJarFile.of(jar.toFile()),
                ClassFileLocator.ForClassLoader.of(InstrumentationJar.class.getClassLoader()));
        this.types = TypePool.Default.of(product);
    }

    /** Writes the overlay of the packaged program to a file. */
    static Path of(Path jar, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var overlay = new InstrumentationJar(jar)) {
            InstrumentationPoints.points(overlay);
            InstrumentationPoints.defects(overlay);
            InstrumentationPoints.troubles(overlay);
            overlay.advise("dev.smsrunner.reconcile.DecisionPolicy", named("of"), Advice.to(GraceAdvice.class));
            overlay.write(file);
        }
        return file;
    }

    /** Adds points before and after the method. */
    void around(String type, String method) {
        var what = type.substring(type.lastIndexOf('.') + 1) + "." + method;
        before(type, method, "before " + what);
        after(type, method, "after " + what);
    }

    void before(String type, String method, String kind) {
        advise(type, named(method), kind(kind).to(PointAdvice.Before.class));
    }

    void after(String type, String method, String kind) {
        advise(type, named(method), kind(kind).to(PointAdvice.After.class));
    }

    private static Advice.WithCustomMapping kind(String kind) {
        return Advice.withCustomMapping().bind(PointAdvice.Kind.class, kind);
    }

    /** Adds a named defect to a method. */
    void defect(String name, String type, String method, Class<?> advice) {
        advise(
                type,
                named(method),
                Advice.withCustomMapping().bind(DefectAdvice.Name.class, name).to(advice));
    }

    /** Adds a named defect to a method with this number of arguments. */
    void defect(String name, String type, String method, int arguments, Class<?> advice) {
        advise(
                type,
                named(method).and(takesArguments(arguments)),
                Advice.withCustomMapping().bind(DefectAdvice.Name.class, name).to(advice));
    }

    /** Instruments methods. A missing method is an error, since the trial would test nothing. */
    void advise(String type, ElementMatcher<? super MethodDescription> where, Advice advice) {
        TypeDescription described = types.describe(type).resolve();
        if (described
                .getDeclaredMethods()
                .filter(where)
                .filter(method -> !method.isAbstract())
                .isEmpty()) {
            throw new IllegalStateException("No method " + where + " in " + type);
        }
        patched.put(
                type,
                patched.computeIfAbsent(type, name -> new ByteBuddy().redefine(described, product))
                        .visit(advice.on(where)));
    }

    private void write(Path file) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (var entry : patched.entrySet()) {
                add(jar, entry.getKey(), entry.getValue().make().getBytes());
            }
            for (var type : INSIDE) {
                add(jar, type.getName(), ClassFileLocator.ForClassLoader.read(type));
            }
        }
    }

    private static void add(JarOutputStream jar, String type, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(type.replace('.', '/') + ".class"));
        jar.write(bytes);
        jar.closeEntry();
    }

    @Override
    public void close() throws IOException {
        product.close();
    }
}
