package dev.smsrunner.localjdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/** What the handlers of the JDBC interfaces have in common. */
abstract class InterfaceHandler implements InvocationHandler {

    private static final Object[] NONE = new Object[0];

    /** Implements an interface by this handler. */
    final <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(InterfaceHandler.class.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        var arguments = given == null ? NONE : given;
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> getClass().getSimpleName();
            case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy);
            case "unwrap" -> unwrapped(proxy, (Class<?>) arguments[0]);
            default -> call(proxy, method, arguments);
        };
    }

    private static Object unwrapped(Object proxy, Class<?> type) throws SQLException {
        if (!type.isInstance(proxy)) {
            throw new SQLException("no " + type.getName());
        }
        return proxy;
    }

    /** Executes a method of the interface. */
    abstract @Nullable Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException;

    static SQLFeatureNotSupportedException notServed(Method method) {
        return new SQLFeatureNotSupportedException("%s.%s is not offered over the socket"
                .formatted(method.getDeclaringClass().getSimpleName(), method.getName()));
    }
}
