package dev.waybill.tasks;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Map;

/** One attempt at a task, as its handler sees it. The lease is renewed in the background while the handler runs. */
public interface TaskRun {

    Task task();

    /** What was submitted with the task. */
    Map<String, Object> payload();

    /** A text of the payload. */
    default String text(String name) {
        return String.valueOf(payload().get(name));
    }

    /** The scope of an internal task's work; only of one that was created with a scope. */
    default Scope scope() {
        return new Scope(new OrganizationId(text(NewTask.ORGANIZATION)), new NamespaceId(text(NewTask.NAMESPACE)));
    }

    /** 1 for the first attempt. */
    int attempt();

    /**
     * Reports progress; shown to callers as {@code additional_data.progress}. Cheap: it may be called for every item.
     */
    default void progress(long processed, long total) {
        progress(processed, total, Map.of());
    }

    /**
     * The same, with more to be shown.
     *
     * @param beside set in {@code additional_data} beside the progress
     */
    void progress(long processed, long total, Map<String, Object> beside);

    /** Whether the handler should stop soon and return: the task was canceled, or the lease was lost. */
    boolean canceled();
}
