package dev.waybill.tasks;

import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Kind;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tasks by the page. */
public interface TaskPages {

    /** What a page may be filtered and sorted by. */
    Fields FIELDS = Fields.builder()
            .stored("task_id", Kind.TEXT, "_id")
            .text("task_type", "status", "namespace_id", "error")
            .instant("created_at", "updated_at")
            .any("additional_data.*")
            .searching("_id", "task_type", "status", "error")
            .build();

    /**
     * @param namespaces the only ones to look at; null for all, and for what belongs to none
     * @param buckets the only ones to look at; null for all, and for what belongs to none
     */
    Page<Task> page(
            OrganizationId organization,
            @Nullable Collection<NamespaceId> namespaces,
            @Nullable Collection<String> buckets,
            ListQuery query);

    /** The namespaces that have tasks, deleted ones too. */
    List<NamespaceId> namespaces(OrganizationId organization);

    /** The buckets of a namespace that have tasks, deleted ones too. */
    List<String> buckets(OrganizationId organization, NamespaceId namespace);
}
