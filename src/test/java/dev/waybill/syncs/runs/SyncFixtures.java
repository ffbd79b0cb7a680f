package dev.waybill.syncs.runs;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.runs.SyncEntity.Current;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.runs.SyncEntity.Totals;
import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.SyncMode;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Syncs for tests. */
public final class SyncFixtures {

    static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    static final Instant NEXT = NOW.plusSeconds(300);
    static final Scope SCOPE = new Scope(new OrganizationId("org_1"), new NamespaceId("ns_1"));
    public static final String RUN = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90";

    private SyncFixtures() {}

    static Settings settings(int interval, @Nullable Map<String, Object> inline) {
        return new Settings(
                "b/videos",
                null,
                null,
                null,
                SyncMode.CONTINUOUS,
                interval,
                50,
                true,
                false,
                false,
                100_000,
                100,
                Map.of(),
                inline);
    }

    public static SyncResponse response() {
        return SyncResponse.of(sync());
    }

    static SyncEntity sync() {
        return sync(settings(300, null), TaskStatus.PENDING, true, null, null, null);
    }

    static SyncEntity sync(
            Settings settings,
            TaskStatus status,
            boolean active,
            @Nullable Pause paused,
            @Nullable Current current,
            @Nullable String lastError) {
        return new SyncEntity(
                SCOPE.key("sync_1"),
                SCOPE.organization(),
                SCOPE.namespace(),
                "bkt_1",
                "sync_1",
                "conn_1",
                "s3",
                settings,
                status,
                active,
                paused,
                current,
                null,
                0,
                0,
                Totals.NONE,
                0,
                lastError,
                null,
                active && paused == null ? NEXT : null,
                null,
                List.of(),
                List.of(),
                0,
                "usr_1",
                NOW,
                NOW,
                0);
    }
}
