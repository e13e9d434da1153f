package dev.smsrunner.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Data source whose connections break during a commit, before or after the database has committed. */
public final class FlakySource extends DelegatingDataSource {

    private boolean commitFirst;
    private @Nullable Runnable meanwhile;
    private int upsets;

    public FlakySource(DataSource real) {
        super(real);
    }

    /** Retry without any delay. */
    public static DatabaseRetry retryWithoutDelay() {
        var tick = new long[1];
        return new DatabaseRetry(Duration.ofMinutes(5), () -> tick[0]++, time -> {});
    }

    /** The next commit succeeds, and the connection breaks before its response. */
    public void loseNextCommitAnswer() {
        commitFirst = true;
        meanwhile = () -> {};
    }

    /** The connection breaks before the next commit. */
    public void failNextCommit() {
        failNextCommit(() -> {});
    }

    /** The connection breaks before the next commit, and an action runs before the retry. */
    public void failNextCommit(Runnable then) {
        commitFirst = false;
        meanwhile = then;
    }

    public int upsets() {
        return upsets;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var real = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && meanwhile != null) {
                        upset(real);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    private void upset(Connection real) throws SQLException {
        var then = meanwhile;
        meanwhile = null;
        upsets++;
        if (commitFirst) {
            real.commit();
        } else {
            real.rollback();
        }
        if (then != null) {
            then.run();
        }
        throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }
}
