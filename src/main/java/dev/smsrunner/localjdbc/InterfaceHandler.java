package dev.smsrunner.localjdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Base of the handlers of the JDBC interfaces. */
abstract class InterfaceHandler implements InvocationHandler {

    private static final Object[] NONE = new Object[0];

    /** Call of a method of the interface. */
    record Invocation(Object proxy, Method method, @Nullable Object[] arguments) {

        String name() {
            return method.getName();
        }

        int number(int at) {
            return (Integer) Objects.requireNonNull(arguments[at]);
        }

        boolean flag(int at) {
            return (Boolean) Objects.requireNonNull(arguments[at]);
        }

        SQLFeatureNotSupportedException unsupported() {
            return new SQLFeatureNotSupportedException("%s.%s is not supported over the socket"
                    .formatted(method.getDeclaringClass().getSimpleName(), name()));
        }
    }

    /** Implements an interface by this handler. */
    final <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(InterfaceHandler.class.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        var arguments = args == null ? NONE : args;
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> getClass().getSimpleName();
            case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy);
            case "unwrap" -> unwrap(proxy, (Class<?>) arguments[0]);
            default -> call(new Invocation(proxy, method, arguments));
        };
    }

    private static Object unwrap(Object proxy, Class<?> type) throws SQLException {
        if (!type.isInstance(proxy)) {
            throw new SQLException("cannot unwrap to " + type.getName());
        }
        return proxy;
    }

    /** Executes a method of the interface. The proxy drops the result of a method without one. */
    abstract @Nullable Object call(Invocation call) throws SQLException;
}
