"""What a learner sees: home, library, player, one's own record; facilitated sessions."""
