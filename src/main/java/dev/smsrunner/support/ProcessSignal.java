package dev.smsrunner.support;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of the signals of the operating system. {@code sun.misc.Signal} is the only API of the JDK for them. This class calls
 * it by reflection, since javac warns about each direct use and no annotation suppresses that warning.
 */
public final class ProcessSignal {

    private ProcessSignal() {}

    /**
     * Installs a handler.
     *
     * @param name name without {@code SIG}, for example {@code TERM}
     * @param handler receives the number of the signal
     * @return action that restores the previous handler
     * @throws IllegalArgumentException if the system has no such signal, or the JVM leaves signals alone ({@code -Xrs})
     */
    public static Runnable handle(String name, IntConsumer handler) {
        try {
            var type = Class.forName("sun.misc.Signal");
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var signal = newSignal(type, name);
            int number = (int) type.getMethod("getNumber").invoke(signal);
            Runnable action = () -> handler.accept(number);
            var run = MethodHandles.publicLookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            var install = type.getMethod("handle", type, handlerType);
            var previous = install(
                    install,
                    signal,
                    MethodHandleProxies.asInterfaceInstance(handlerType, MethodHandles.dropArguments(run, 0, type)));
            return () -> install(install, signal, previous);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("This JVM has no sun.misc.Signal", ex);
        }
    }

    private static Object newSignal(Class<?> type, String name) throws ReflectiveOperationException {
        try {
            return type.getConstructor(String.class).newInstance(name);
        } catch (InvocationTargetException ex) {
            throw new IllegalArgumentException(ex.getCause());
        }
    }

    private static @Nullable Object install(Method install, Object signal, @Nullable Object handler) {
        try {
            return install.invoke(null, signal, handler);
        } catch (InvocationTargetException ex) {
            throw new IllegalArgumentException(ex.getCause());
        } catch (IllegalAccessException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
