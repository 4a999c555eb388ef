// interp/cmdlets/engine-events.h: events by name, who waits for them, and those that nobody has taken.
//
// An action runs when the next pipeline begins: there is one thread, and nothing else makes an event
// meanwhile.
#ifndef CMDLETS_ENGINE_EVENTS_H
#define CMDLETS_ENGINE_EVENTS_H

#include "interp/cmdlets/jobs.h"

struct event { // a PSEventArgs
    struct object head;
    int32_t id;
    value source, sender, args, data, made, runspace; // STRING, any, ARRAY, any, DATETIME, GUID
};
struct subscriber { // a PSEventSubscriber
    struct object head;
    int32_t id, left; // left: events until it goes; 0: it stays
    bool support;
    value source, data, block, job; // STRING, any, SCRIPTBLOCK, a PSEventJob
};
extern const struct type type_event_args, type_event_subscriber;
// How long, and with what, every registration waits: the last columns of Register-*Event.
#define SUBSCRIPTION_PARAMS                                                                                  \
    {"MessageData", "psobject", NULL, PARAM_NAMED}, {"SupportEvent", "switch", NULL, PARAM_NAMED},           \
        {"Forward", "switch", NULL, PARAM_NAMED}, {"MaxTriggerCount", "int", NULL, PARAM_NAMED}

#define EVENT(v) ((struct event *)(v).object)
#define SUBSCRIBER(v) ((struct subscriber *)(v).object)

void events_drop(value list, value item);       // out of a LIST or $null
bool events_named(value pattern, value source); // ignoring case, * and ?
bool events_is_pattern(value pattern);
bool event_raise(struct interp *in, value event); // to those who wait for it, else into the queue
void subscriber_end(struct interp *in, value subscriber);

// What Get-, Remove-, Unregister- and Get-EventSubscriber have in common: the first parameter names, the
// second numbers. Calls each for what fits in a copy of the list; what is not there is reported.
struct event_search {
    value *list;               // of eval
    value (*name)(value item); // borrowed
    int32_t (*number)(value item);
    bool (*skips)(struct command *cmd, value item); // NULL: none
    bool (*each)(struct command *cmd, value item);
    const char *name_id, *number_id;
};
bool events_search(struct command *cmd, const struct event_search *search);
value event_name(value item);
int32_t event_number(value item);
value subscriber_name(value item);
int32_t subscriber_number(value item);

#endif
