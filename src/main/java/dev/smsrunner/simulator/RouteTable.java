package dev.smsrunner.simulator;

import java.util.List;

/** All operations of the simulator. A literal path precedes a path with a placeholder. */
final class RouteTable {

    static final String CREATE_TOKEN = "KeystoneCreateUserTokenByPassword";

    private RouteTable() {}

    static List<Route> of(SimulatedCloud cloud, Tokens tokens, int concurrent) {
        TemplateStore templates = new TemplateStore(cloud);
        SourceRoutes sources = new SourceRoutes(cloud);
        TaskRoutes tasks = new TaskRoutes(cloud, new TaskRules(cloud, templates), concurrent);
        DeletionRoutes deletions = new DeletionRoutes(cloud);
        ActionRoutes actions = new ActionRoutes(cloud, templates, concurrent);
        DcsRoutes dcs = new DcsRoutes(cloud);
        ErrorRoutes errors = new ErrorRoutes(cloud);
        TaskSettingRoutes settings = new TaskSettingRoutes(cloud);
        MigrationProjects projects = new MigrationProjects(cloud);
        AccountRoutes account = new AccountRoutes(cloud);
        return List.of(
                Route.of("GET", "/v3/sources", "ListServers", sources::list),
                Route.of("GET", "/v3/sources/overview", "ShowOverview", sources::overview),
                Route.of("POST", "/v3/sources/delete", "DeleteServers", deletions::deleteSources),
                Route.of("GET", "/v3/sources/{id}", "ShowServer", sources::show),
                Route.of("PUT", "/v3/sources/{id}", "UpdateServerName", sources::rename),
                Route.of("DELETE", "/v3/sources/{id}", "DeleteServer", deletions::deleteSource),
                Route.of("PUT", "/v3/sources/{id}/changestate", "UpdateCopyState", sources::changeState),
                Route.of("POST", "/v3/tasks", "CreateTask", tasks::create),
                Route.of("GET", "/v3/tasks", "ListTasks", tasks::list),
                Route.of("POST", "/v3/tasks/delete", "DeleteTasks", deletions::deleteTasks),
                Route.of("GET", "/v3/tasks/{id}", "ShowTask", tasks::show),
                Route.of("PUT", "/v3/tasks/{id}", "UpdateTask", tasks::update),
                Route.of("DELETE", "/v3/tasks/{id}", "DeleteTask", deletions::deleteTask),
                Route.of("POST", "/v3/tasks/{id}/action", "UpdateTaskStatus", actions::act),
                Route.of("GET", "/v3/tasks/{id}/speed-limit", "ShowsSpeedLimits", tasks::showSpeedLimits),
                Route.of("POST", "/v3/tasks/{id}/speed-limit", "UpdateSpeed", tasks::limitSpeed),
                Route.of("GET", "/v3/tasks/{id}/configuration-setting", "ShowConfigSetting", settings::settings),
                Route.of(
                        "POST",
                        "/v3/tasks/{id}/configuration-setting",
                        "UploadSpecialConfigurationSetting",
                        settings::upload),
                Route.of("GET", "/v3/tasks/{id}/consistency-result", "ShowConsistencyResult", settings::consistency),
                Route.of("POST", "/v3/tasks/{id}/log", "CollectLog", settings::collectLog),
                Route.of("POST", "/v3/vm/templates", "CreateTemplate", templates::create),
                Route.of("POST", "/v3/vm/templates/delete", "DeleteTemplates", templates::deleteSeveral),
                Route.of("PUT", "/v3/vm/templates/{id}", "UpdateTemplate", templates::update),
                Route.of("DELETE", "/v3/vm/templates/{id}", "DeleteTemplate", templates::delete),
                Route.of("GET", "/v3/migprojects", "ListMigprojects", projects::list),
                Route.of("POST", "/v3/migprojects", "CreateMigproject", projects::create),
                Route.of("GET", "/v3/migprojects/{id}", "ShowMigproject", projects::show),
                Route.of("PUT", "/v3/migprojects/{id}", "UpdateMigproject", projects::update),
                Route.of("DELETE", "/v3/migprojects/{id}", "DeleteMigproject", projects::delete),
                Route.of("PUT", "/v3/migprojects/{id}/default", "UpdateDefaultMigproject", projects::setDefault),
                Route.of("GET", "/v3/privacy-agreements", "ShowPrivacyAgreements", account::showConsent),
                Route.of("POST", "/v3/privacy-agreements", "CreatePrivacyAgreements", account::consent),
                Route.of("GET", "/", "ListApiVersion", account::versions),
                Route.of("GET", "/{id}", "ShowApiVersion", account::version),
                Route.of("GET", "/v3/vm/templates", "ListTemplates", templates::list),
                Route.of("GET", "/v3/vm/templates/{id}", "ShowTemplate", templates::show),
                Route.of("GET", "/v3/errors", "ListErrorServers", errors::list),
                Route.of("POST", "/v2/{project}/migration-task/batch-stop", "BatchStopMigrationTasks", dcs::stop),
                Route.of("GET", "/v2/{project}/migration-task/{id}", "ShowMigrationTask", dcs::show),
                Route.of("POST", "/v2/{project}/migration-task/{id}/stop", "StopMigrationTask", dcs::stopOne),
                Route.of("GET", "/v2/{project}/migration-task/{id}/stats", "ShowMigrationTaskStats", dcs::stats),
                Route.of("GET", "/v2/{project}/migration-tasks", "ListMigrationTask", dcs::list),
                Route.of("DELETE", "/v2/{project}/migration-tasks/delete", "DeleteMigrationTask", dcs::delete),
                Route.of("POST", "/v3/auth/tokens", CREATE_TOKEN, tokens::issue));
    }
}
