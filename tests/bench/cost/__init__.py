"""`make cost`: what a month on Google Cloud costs, from counted work of real functions and a list of prices."""
