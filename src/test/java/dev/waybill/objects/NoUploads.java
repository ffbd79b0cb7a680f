package dev.waybill.objects;

import java.util.Collection;
import java.util.Set;

/** Follow-ups of uploads for tests without uploads: none. */
public class NoUploads implements UploadCompletion {

    @Override
    public Set<UploadRef> complete(Collection<UploadRef> uploads) {
        return Set.of();
    }

    @Override
    public void removeAll(Collection<UploadRef> uploads) {}
}
