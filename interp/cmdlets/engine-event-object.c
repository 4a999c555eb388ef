// Events and those who wait for them, as objects.
#include "interp/cmdlets/engine-events.h"
#include "interp/value/types.h"

#define GETTER(getter, made)                                                                                 \
    static bool getter(struct interp *in, value self, value *ret)                                            \
    {                                                                                                        \
        return (void)in, (void)self, *ret = made, true;                                                      \
    }
GETTER(get_nothing, value_null)
GETTER(get_no, value_false)
GETTER(event_id, value_int(EVENT(self)->id))
GETTER(event_source, value_keep(EVENT(self)->source))
GETTER(event_sender, value_keep(EVENT(self)->sender))
GETTER(event_arguments, value_keep(EVENT(self)->args))
GETTER(event_data, value_keep(EVENT(self)->data))
GETTER(event_made, value_keep(EVENT(self)->made))
GETTER(event_runspace, value_keep(EVENT(self)->runspace))
GETTER(subscriber_id, value_int(SUBSCRIBER(self)->id))
GETTER(subscriber_source, value_keep(SUBSCRIBER(self)->source))
GETTER(subscriber_job, value_keep(SUBSCRIBER(self)->job))
GETTER(subscriber_support, value_bool(SUBSCRIBER(self)->support))

static const struct property event_properties[] = {
    {"ComputerName", get_nothing, NULL},      {"RunspaceId", event_runspace, NULL},
    {"EventIdentifier", event_id, NULL},      {"Sender", event_sender, NULL},
    {"SourceEventArgs", get_nothing, NULL},   {"SourceArgs", event_arguments, NULL},
    {"SourceIdentifier", event_source, NULL}, {"TimeGenerated", event_made, NULL},
    {"MessageData", event_data, NULL},        {0}};
static const struct property subscriber_properties[] = {{"SubscriptionId", subscriber_id, NULL},
                                                        {"SourceObject", get_nothing, NULL},
                                                        {"EventName", get_nothing, NULL},
                                                        {"SourceIdentifier", subscriber_source, NULL},
                                                        {"Action", subscriber_job, NULL},
                                                        {"HandlerDelegate", get_nothing, NULL},
                                                        {"SupportEvent", subscriber_support, NULL},
                                                        {"ForwardEvent", get_no, NULL},
                                                        {0}};

static void event_release(struct object *object)
{
    struct event *event = (struct event *)object;
    value own[] = {event->source, event->sender, event->args, event->data, event->made, event->runspace};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
}

static void subscriber_release(struct object *object)
{
    struct subscriber *it = (struct subscriber *)object;
    value own[] = {it->source, it->data, it->block, it->job};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
}

const struct type type_event_args = {.name = "System.Management.Automation.PSEventArgs",
                                     .base = &type_object,
                                     .type_code = 1,
                                     .size = sizeof(struct event),
                                     .release = event_release,
                                     .properties = event_properties};
const struct type type_event_subscriber = {.name = "System.Management.Automation.PSEventSubscriber",
                                           .base = &type_object,
                                           .type_code = 1,
                                           .size = sizeof(struct subscriber),
                                           .release = subscriber_release,
                                           .properties = subscriber_properties};
