package io.foundling.service.runtime;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the member of a dead stream thread out of the group. A static member does not leave by itself, and the new
 * thread has another number, so the partitions would have no owner until the session times out, 45 s later.
 */
public final class DeadMembers {

    private static final Logger LOG = LoggerFactory.getLogger(DeadMembers.class);

    /** Kafka Streams ends the name of a thread and the name of its member with the same number. */
    private static final Pattern NUMBER = Pattern.compile("-StreamThread-(\\d+)$");

    private static final Pattern SUFFIX = Pattern.compile("\\d{1,9}");

    private final Admin admin;
    private final String group;
    private final String instance;

    public DeadMembers(Admin admin, String group, String instance) {
        this.admin = admin;
        this.group = group;
        this.instance = instance;
    }

    /**
     * Removes the members of threads that replaced dead ones in an earlier run of this instance. No thread of this run
     * has their names, and the group waits for them until they are removed. To be called while the threads of this run
     * are joining, so that no other instance gets their tasks.
     *
     * @param threads of this instance: their members keep their names
     */
    public void removeFormer(int threads) {
        admin.describeConsumerGroups(Set.of(group)).describedGroups().get(group).whenComplete((described, refused) -> {
            if (refused != null) {
                LOG.debug("members of {} from an earlier run are not known", group, refused);
                return;
            }
            described.members().stream()
                    .flatMap(member -> member.groupInstanceId().stream())
                    .filter(member -> isSuccessor(member, threads))
                    .forEach(this::removeMember);
        });
    }

    private boolean isSuccessor(String member, int threads) {
        String prefix = instance + '-';
        return member.startsWith(prefix)
                && SUFFIX.matcher(member.substring(prefix.length())).matches()
                && Integer.parseInt(member.substring(prefix.length())) > threads;
    }

    /** Removes the member of a thread; does not wait for the answer. */
    public void remove(String threadName) {
        Matcher number = NUMBER.matcher(threadName);
        if (!number.find()) {
            return;
        }
        removeMember(instance + '-' + number.group(1));
    }

    private void removeMember(String member) {
        admin.removeMembersFromConsumerGroup(
                        group, new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(member))))
                .all()
                .whenComplete((done, refused) -> LOG.debug("member {} of {} was removed", member, group, refused));
    }
}
