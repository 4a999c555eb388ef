CTL_LIBS += -lm
