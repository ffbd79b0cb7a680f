package dev.waybill.tasks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Registry of the handlers of all modules, by name. They are looked up late, because they themselves submit tasks. */
@Component
class TaskHandlers implements SmartInitializingSingleton {

    private final SingletonSupplier<Map<String, TaskHandler>> byName;

    @Autowired
    TaskHandlers(ObjectProvider<TaskHandler> beans) {
        this(() -> beans.orderedStream().toList());
    }

    TaskHandlers(Supplier<List<TaskHandler>> beans) {
        this.byName = SingletonSupplier.of(() -> collect(beans.get()));
    }

    /** Two handlers of one name fail the start-up. */
    @Override
    public void afterSingletonsInstantiated() {
        byName.obtain();
    }

    Optional<TaskHandler> find(String name) {
        return Optional.ofNullable(byName.obtain().get(name));
    }

    Set<String> names() {
        return byName.obtain().keySet();
    }

    Collection<TaskHandler> all() {
        return byName.obtain().values();
    }

    private static Map<String, TaskHandler> collect(List<TaskHandler> handlers) {
        Map<String, TaskHandler> all = new LinkedHashMap<>();
        for (TaskHandler handler : handlers) {
            TaskHandler other = all.putIfAbsent(handler.name(), handler);
            if (other != null) {
                throw new IllegalStateException("two task handlers are named '%s': %s and %s"
                        .formatted(
                                handler.name(),
                                other.getClass().getName(),
                                handler.getClass().getName()));
            }
        }
        return Map.copyOf(all);
    }
}
