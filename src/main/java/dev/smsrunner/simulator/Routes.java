package dev.smsrunner.simulator;

import java.util.List;

/** The table of all operations that the simulator knows; a literal path stands before one with a placeholder. */
final class Routes {

    static final String CREATE_TOKEN = "KeystoneCreateUserTokenByPassword";

    private Routes() {}

    static List<Route> of(Cloud cloud, Tokens tokens, int concurrent) {
        Templates templates = new Templates(cloud.world());
        SourceRoutes sources = new SourceRoutes(cloud);
        TaskRoutes tasks = new TaskRoutes(cloud, new TaskRules(cloud, templates), concurrent);
        ActionRoutes actions = new ActionRoutes(cloud, templates, concurrent);
        DcsRoutes dcs = new DcsRoutes(cloud);
        ErrorRoutes errors = new ErrorRoutes(cloud);
        return List.of(
                Route.of("GET", "/v3/sources", "ListServers", sources::list),
                Route.of("GET", "/v3/sources/overview", "ShowOverview", sources::overview),
                Route.of("POST", "/v3/sources/delete", "DeleteServers", sources::deleteSeveral),
                Route.of("GET", "/v3/sources/{id}", "ShowServer", sources::show),
                Route.of("PUT", "/v3/sources/{id}", "UpdateServerName", sources::rename),
                Route.of("DELETE", "/v3/sources/{id}", "DeleteServer", sources::delete),
                Route.of("PUT", "/v3/sources/{id}/changestate", "UpdateCopyState", sources::changeState),
                Route.of("POST", "/v3/tasks", "CreateTask", tasks::create),
                Route.of("GET", "/v3/tasks", "ListTasks", tasks::list),
                Route.of("POST", "/v3/tasks/delete", "DeleteTasks", tasks::deleteSeveral),
                Route.of("GET", "/v3/tasks/{id}", "ShowTask", tasks::show),
                Route.of("PUT", "/v3/tasks/{id}", "UpdateTask", tasks::update),
                Route.of("DELETE", "/v3/tasks/{id}", "DeleteTask", tasks::delete),
                Route.of("POST", "/v3/tasks/{id}/action", "UpdateTaskStatus", actions::act),
                Route.of("GET", "/v3/tasks/{id}/speed-limit", "ShowsSpeedLimits", tasks::showSpeedLimits),
                Route.of("POST", "/v3/tasks/{id}/speed-limit", "UpdateSpeed", tasks::limitSpeed),
                Route.of("GET", "/v3/vm/templates", "ListTemplates", templates::list),
                Route.of("GET", "/v3/vm/templates/{id}", "ShowTemplate", templates::show),
                Route.of("GET", "/v3/errors", "ListErrorServers", errors::list),
                Route.of("POST", "/v2/{project}/migration-task/batch-stop", "BatchStopMigrationTasks", dcs::stop),
                Route.of("GET", "/v2/{project}/migration-task/{id}", "ShowMigrationTask", dcs::show),
                Route.of("GET", "/v2/{project}/migration-tasks", "ListMigrationTask", dcs::list),
                Route.of("POST", "/v3/auth/tokens", CREATE_TOKEN, tokens::issue));
    }
}
