package dev.waybill.objects;

import java.util.Collection;
import java.util.Set;

/** What follows for uploads where there are none. */
public class NoUploads implements UploadCompletion {

    @Override
    public Set<Told> settle(Collection<Told> uploads) {
        return Set.of();
    }

    @Override
    public void removeAll(Collection<Told> uploads) {}
}
